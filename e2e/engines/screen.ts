/** XPath of what a person sees, by the names that assistive technology reads. */

const named = (name: string) => `@aria-label="${name}" or normalize-space()="${name}"`;

export const button = (name: string) => `//button[${named(name)}]`;
/** The button that counts what is unread below and leads there. */
export const pill = (count: number) =>
  `//button[@aria-label="아래에 ${count}개 더" or @aria-label="${count} more below"]`;
/** A link by its own name, or by a text within it. */
export const link = (name: string) => `//a[${named(name)}]`;
/** A field by its label. */
export const field = (label: string) => `//*[@aria-label="${label}" or @id=//label[.="${label}"]/@for]`;
export const option = (text: string) => `//*[@role="option"][contains(., "${text}")]`;
