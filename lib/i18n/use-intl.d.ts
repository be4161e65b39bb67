import type { Locale } from './config.ts';
import type { Messages as Catalogue } from './translator.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalogue;
  }
}
