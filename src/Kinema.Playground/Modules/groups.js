/**
 * The rules between fields.
 * @param {import("./fields.js").Field[]} fields
 * @param {{ exactlyOneOf: string[][], notTogether: string[][] }} rules
 * @param {boolean} isComplete whether what is missing counts, too: only when somebody wants to run
 * @returns {Map<string, string>} what is wrong, by field
 */
export function checkGroups(fields, { exactlyOneOf, notTogether }, isComplete) {
  const problems = new Map();
  const byName = new Map(fields.map(field => [field.name, field]));
  const groups = names => names.map(group => group.map(name => byName.get(name)));
  const tell = (field, text) => problems.has(field.name) || problems.set(field.name, text);
  for (const group of groups([...exactlyOneOf, ...notTogether])) {
    const given = group.filter(field => field.isGiven && !field.yields);
    for (const field of given.length > 1 ? given : []) {
      tell(field, `${list(given, "and")} exclude each other. Remove ${given.length > 2 ? "all but one" : "one of them"}.`);
    }
  }
  for (const group of isComplete ? groups(exactlyOneOf) : []) {
    if (!group.some(field => field.isGiven)) {
      tell(group[0], `Give ${list(group, "or")}.`);
    }
  }
  return problems;
}

/** A default yields to a field that excludes it, as it does on the server. */
export function yieldDefaults(fields, { notTogether }) {
  for (const field of fields) {
    field.yields = field.isStandard && field.standard !== undefined
      && notTogether.some(group => group.includes(field.name) && fields.some(other => other !== field && group.includes(other.name) && other.isGiven && !other.isStandard));
  }
}

const list = (fields, word) => fields.map(field => field.label).join(` ${word} `);
