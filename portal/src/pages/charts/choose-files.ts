/** Lets the user choose files with the dialog of the browser. */
export function chooseFiles(onFiles: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.addEventListener('change', () => onFiles([...(input.files ?? [])]), { once: true })
  input.click()
}
