/** Copies a text exactly; false when the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Absent where the page came by plain HTTP from another machine.
    if (!navigator.clipboard) return copyFromBox(text);
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromBox(text);
  }
}

function copyFromBox(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const box = document.createElement('textarea');
  box.value = text;
  box.className = 'sr-only';
  document.body.append(box);
  box.select();
  const isCopied = document.execCommand('copy');
  box.remove();
  focused?.focus({ preventScroll: true });
  return isCopied;
}
