/**
 * IAM's wildcards: `*` is any run of characters (slashes and colons too), `?` exactly one.
 * Linear in the text for each star, never exponential.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  let at = 0;
  let within = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (within < text.length) {
    const expected = pattern[at];
    if (expected === '*') {
      starAt = at++;
      resumeAt = within;
    } else if (expected === '?' || (expected !== undefined && expected === text[within])) {
      at++;
      within++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      within = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
