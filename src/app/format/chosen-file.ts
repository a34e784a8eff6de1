/** The file that was chosen. The input is emptied, since browsers report the same file again only then. */
export function chosenFile({
  currentTarget,
}: {
  readonly currentTarget: HTMLInputElement;
}): File | undefined {
  const file = currentTarget.files?.[0];
  currentTarget.value = '';
  return file;
}
