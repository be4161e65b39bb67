/** The pages of the settings, in their order; the first is where /settings leads. */
export const settingsPages = ['account', 'security', 'notifications', 'privacy'] as const;

export type SettingsPageName = (typeof settingsPages)[number];
