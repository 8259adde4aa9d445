/**
 * Who calls, as an authorizer said: for a function that is behind one, and verifies tokens itself seldom or never. The library's whole
 * face loads the verifier, and jose with it.
 */
export { isAuthError } from '../errors.ts';
export { principalFromContext } from './authorizer-context.ts';
export { servicePrincipal, type Principal } from './principal.ts';
