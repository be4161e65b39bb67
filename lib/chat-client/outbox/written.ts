/** What a message is made of, before it is sent. What else a message can take along joins here. */
export type Written = {
  text: string;
  /** The message that it answers. */
  replyToSeq?: number;
  /** The message whose text it takes along; the server copies that anew. Nothing that is written has it. */
  forwardOf?: { conversationId: string; seq: number };
};
