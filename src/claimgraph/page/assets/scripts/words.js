// Words and days as people write them.

/** A word list compared without regard to case and accents. */
export function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Days as people write them: "23 March 2023"; anything else as it is. */
export function day(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || "");
  if (!parts) return iso || "";
  const months = "January February March April May June July August September October November December".split(" ");
  return `${Number(parts[3])} ${months[Number(parts[2]) - 1]} ${parts[1]}`;
}

/** One day, or the first and the last of several. */
export function days(earliest, latest) {
  return earliest === latest || !latest ? day(earliest) : `${day(earliest)} to ${day(latest)}`;
}

export function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
