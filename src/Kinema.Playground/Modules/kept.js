/**
 * The values of a form in this tab, so that they are there again after signing in or a reload. Never a file or a key.
 * @param {string} name of the form
 */
export const keptIn = name => ({
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(name)) ?? null;
    } catch {
      return null;
    }
  },
  write(values) {
    try {
      sessionStorage.setItem(name, JSON.stringify(values));
    } catch {
      // A browser that keeps nothing: the form is empty after a reload.
    }
  },
});
