ALTER TABLE "members" ADD COLUMN "sealed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "sealed_delivered_seq" integer;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "sealed_read_seq" integer;--> statement-breakpoint
UPDATE "members" m SET "sealed_at" = now(), "sealed_delivered_seq" = m."delivered_seq", "sealed_read_seq" = m."read_seq" FROM "members" b WHERE b."conversation_id" = m."conversation_id" AND b."blocked";
