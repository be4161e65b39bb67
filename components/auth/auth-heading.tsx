/** Title of an account page and a sentence below it. */
export function AuthHeading({ title, lead }: { title: string; lead?: string }) {
  return (
    <div className="mb-7">
      <h1 className="text-2xl font-semibold break-keep">{title}</h1>
      {lead && <p className="mt-2 text-body text-muted break-keep">{lead}</p>}
    </div>
  );
}
