import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  server: { port: 5173, proxy: { '/api': { target: process.env.VESALIUS_API ?? 'http://127.0.0.1:8080' } } },
})
