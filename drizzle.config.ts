import { defineConfig } from 'drizzle-kit';

/** Migrations are generated from db/schema.ts; the server applies them at start (db/migrate.ts). */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema.ts',
  out: './db/migrations',
});
