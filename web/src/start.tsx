import '@mantine/core/styles.css'
import './theme/tokens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './api/query-client.ts'
import { UploadsProvider } from './features/uploads/uploads-context.tsx'
import { startI18n } from './i18n/i18n.ts'
import { makeRouter } from './routes.tsx'
import { Themed } from './theme/Themed.tsx'

export async function start(root: HTMLElement): Promise<void> {
  await startI18n()
  const client = makeQueryClient()
  const router = makeRouter(client)
  createRoot(root).render(
    <StrictMode>
      <Themed>
        <QueryClientProvider client={client}>
          <UploadsProvider>
            <RouterProvider router={router} />
          </UploadsProvider>
        </QueryClientProvider>
      </Themed>
    </StrictMode>,
  )
}
