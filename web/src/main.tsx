import { z } from 'zod'

// The page's security policy forbids code made at run time. Each schema tries whether it may when it is made, so zod
// has to know before the first one is: everything else is loaded after this line.
z.config({ jitless: true })

const root = document.getElementById('root')
if (root) void import('./start.tsx').then(({ start }) => start(root))
