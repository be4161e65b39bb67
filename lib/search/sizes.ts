/** Most people that one search shows. */
export const MAX_PEOPLE = 20;
