/** How long (seconds) a browser keeps what was chosen in it, such as its language and colours. */
export const CHOICE_COOKIE_SECONDS = 365 * 24 * 60 * 60;
