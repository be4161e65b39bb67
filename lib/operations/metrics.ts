import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { getDb } from '#db/client.ts';
import { countMailsByState } from '#db/queries/mails.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { getCounters } from './counters.ts';

const metricsSingleton = defineSingleton('metrics', (): Registry => {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'dandul_connections',
    help: 'Open live connections of this process.',
    registers,
    collect() {
      this.set(getCounters().connections);
    },
  });
  new Counter({
    name: 'dandul_messages_sent_total',
    help: 'Messages stored by this process.',
    registers,
    collect() {
      this.reset();
      this.inc(getCounters().messagesSent);
    },
  });
  new Gauge({
    name: 'dandul_mails',
    help: 'Mails in the database, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await countMailsByState(getDb())))
        this.set({ state }, count);
    },
  });
  return registry;
});

/** This process's metrics in Prometheus form; reading them asks the database once. */
export function getMetrics(): Registry {
  return metricsSingleton.get();
}
