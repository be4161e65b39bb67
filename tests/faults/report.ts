import type { RoundResult, SessionResult } from './session.ts';

const COLUMNS = ['kind', 'runs', 'acked', 'lost', 'doubled', 'misordered', 'misdelivered', 'worst recovery'];

/** How many rounds saw something that must not be. */
export function countFailures({ rounds, mails }: SessionResult): number {
  const bad = rounds.filter((round) => !isClean(round)).length;
  return bad + (mails.lost || mails.changed || mails.misdelivered || mails.findings.length ? 1 : 0);
}

/** True when nothing was lost, doubled, misordered or misdelivered, and nothing else was found. */
export function isClean(round: RoundResult): boolean {
  const { lost, doubled, misordered, misdelivered, findings } = round;
  return lost + doubled + misordered + misdelivered + findings.length === 0;
}

/** A Markdown table of the rounds, a line for each kind and one for all. */
export function toTable({ rounds, mails }: SessionResult): string {
  const lines = [...Map.groupBy(rounds, ({ kind }) => kind)].map(([kind, own]) => toLine(kind, own));
  lines.push(toLine('all', rounds));
  const head = [`| ${COLUMNS.join(' | ')} |`, `|${COLUMNS.map(() => '---').join('|')}|`];
  const mail = `Mails: ${mails.owed} texts owed, ${mails.lost} never mailed, ${mails.changed} keys with a changed body, ${mails.misdelivered} to a wrong address.`;
  return [...head, ...lines, '', mail, ...mails.findings].join('\n');
}

function toLine(kind: string, rounds: RoundResult[]): string {
  const sum = (name: 'acked' | 'lost' | 'doubled' | 'misordered' | 'misdelivered') =>
    rounds.reduce((total, round) => total + round[name], 0);
  const worst = Math.max(...rounds.map(({ recoveryMs }) => recoveryMs)) / 1000;
  const cells = [
    kind,
    rounds.length,
    sum('acked'),
    sum('lost'),
    sum('doubled'),
    sum('misordered'),
    sum('misdelivered'),
    `${worst.toFixed(1)} s`,
  ];
  return `| ${cells.join(' | ')} |`;
}
