import { auth } from './auth.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { email } from './email.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';

export default { common, auth, chat, search, settings, email };
