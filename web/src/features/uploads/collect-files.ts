import type { Found } from './pair-labels.ts'

/** Every file of a drop, folders looked into at any depth; system files left out. */
export async function collectFiles(transfer: DataTransfer): Promise<Found[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return asFound(transfer.files)
  const found: Found[] = []
  for (const entry of entries) await collectEntry(entry, found)
  return found.filter(({ file }) => !file.name.startsWith('.') && file.name !== 'Thumbs.db')
}

/** Files chosen one by one lie beside each other. */
export function asFound(files: Iterable<File>): Found[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))
}

async function collectEntry(entry: FileSystemEntry, found: Found[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    found.push({ file, path: entry.fullPath })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0) return
    for (const child of batch) await collectEntry(child, found)
  }
}
