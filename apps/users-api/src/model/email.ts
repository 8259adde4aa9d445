/**
 * The one form of an address that is stored, answered and compared: lower case throughout.
 * RFC 5321 2.4 lets a host tell `Ada@` from `ada@`; no provider in use does, and two records for one mailbox would be
 * the worse error. The contract admits ASCII addresses only (an internationalised domain in its `xn--` form), so
 * lower case is the whole of it: no folding that depends on a locale or a Unicode version.
 */
export function normaliseEmail(address: string): string {
  return address.toLowerCase();
}
