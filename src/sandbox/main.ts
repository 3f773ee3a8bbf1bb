import { runEngine } from './engine/index.ts'

await runEngine(process.env)
