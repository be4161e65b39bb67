import { render } from '@react-email/render';
import { createElement } from 'react';
import { AccountEmail, type AccountProps, formatAccountText } from './account.ts';
import { formatMessagesText, MessagesEmail, type MessagesProps } from './messages.ts';

/** HTML and plain text of the mail about new messages. */
export async function renderMessages(props: MessagesProps) {
  return { html: await render(createElement(MessagesEmail, props)), text: formatMessagesText(props) };
}

/** HTML and plain text of an account mail. */
export async function renderAccount(props: AccountProps) {
  return { html: await render(createElement(AccountEmail, props)), text: formatAccountText(props) };
}
