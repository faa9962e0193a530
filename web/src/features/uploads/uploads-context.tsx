import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { sendFiles } from './send-files.ts'
import { UploadQueue } from './upload-queue.ts'

const UploadsContext = createContext<UploadQueue | null>(null)

/** One queue for the whole program: uploads go on while one looks at other pages. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(() => new UploadQueue(sendFiles))
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => queue.isBusy && event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [queue])
  return <UploadsContext value={queue}>{children}</UploadsContext>
}

export function useUploads(): UploadQueue {
  const queue = useContext(UploadsContext)
  if (!queue) throw new Error('useUploads needs UploadsProvider above it')
  return queue
}

export function useUploadState() {
  const queue = useUploads()
  return useSyncExternalStore(queue.subscribe, queue.getState)
}
