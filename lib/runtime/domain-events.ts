import { getLog } from './log.ts';
import { defineSingleton } from './singleton.ts';

/**
 * What one consumer does about events: called at once, in the turn of whoever tells, so it begins what takes time and
 * does not wait for it.
 */
export type Consumer<Events extends object> = { [Name in keyof Events]?: (event: Events[Name]) => unknown };

/** How a domain tells what happened, without knowing who hears it. */
type DomainEvents<Events extends object> = {
  /** Adds a consumer, or puts it in the place of an earlier one of its name. */
  register(consumerName: string, consumer: Consumer<Events>): void;
  /** Tells every consumer, in the order in which they came. Never throws: what fails in one of them is logged. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void;
};

/**
 * Makes the events of one domain. Consumers are the process's, as each bundle has a copy of this module.
 *
 * @param domain names them among the others.
 */
export function createDomainEvents<Events extends object>(domain: string): DomainEvents<Events> {
  const consumers = defineSingleton(`${domain}Consumers`, () => new Map<string, Consumer<Events>>());

  return {
    register(consumerName, consumer) {
      consumers.get().set(consumerName, consumer);
    },
    emit(name, event) {
      for (const [consumerName, consumer] of consumers.get()) {
        try {
          const outcome = consumer[name]?.(event);
          if (outcome instanceof Promise) outcome.catch((error) => report(error, name, consumerName));
        } catch (error) {
          report(error, name, consumerName);
        }
      }
    },
  };
}

function report(error: unknown, event: PropertyKey, consumer: string): void {
  getLog().error({ err: error, event, consumer }, 'a consumer of an event failed');
}
