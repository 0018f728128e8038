const micros = 1_000_000n;

/** Dollars as the API writes them, from whole millionths: at least two decimals, no more than needed. Never a floating-point number. */
export function dollars(amount) {
  const decimals = (amount % micros).toString().padStart(6, "0").replace(/0{1,4}$/, "");
  return `${amount / micros}.${decimals}`;
}

/** The price of a video of so many whole seconds. */
export const priceOf = (perSecond, seconds) => dollars(BigInt(perSecond) * BigInt(seconds));

/** The seconds that are paid for: of the frames, where somebody asked for a number of them, else the duration. The first frame takes no time. */
export function secondsOf(fields, frameRate) {
  const frames = fields.find(field => field.meaning === "frames")?.value;
  return Number.isInteger(frames) && frames > 0 ? Math.max(1, Math.ceil((frames - 1) / frameRate)) : fields.find(field => field.meaning === "duration").value;
}
