/**
 * Who may use what is theirs and be written to, as a condition on a row of `users` by its alias; the others are shut
 * out. lib/auth/accounts/person-state.ts says the same of a value.
 */
export const takesPart = (alias: string) => `${alias}.state in ('guest', 'active')`;
