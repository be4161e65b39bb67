CREATE TABLE "changes" (
	"conversation_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "changes_conversation_id_revision_pk" PRIMARY KEY("conversation_id","revision")
);
--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_at" ON "changes" USING brin ("at") WITH (autosummarize=true,pages_per_range=64);