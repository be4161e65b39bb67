/** Every field of `T`, each optional one said to be there or not: one that is left out does not compile. */
export type AllFields<T> = { [Key in keyof Required<T>]: T[Key] };

/** Leaves out the fields that are undefined, which not every encoding of the wire can carry. */
export function omitUndefined<T extends object>(fields: AllFields<T>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
