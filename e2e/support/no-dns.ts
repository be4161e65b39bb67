import { Resolver } from 'node:dns/promises';

// `node --import` this into a server under test: who may send for a domain is nowhere told, so that what
// the tests see does not hang on the name servers of the machine they run on.
Resolver.prototype.resolve = async () => {
  throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' });
};
