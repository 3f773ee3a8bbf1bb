import { createContainerRuntime } from '../../src/container/index.ts'
import { createQuietLogger } from './quiet-logger.ts'

/** Starts a container and stays, for a test that then kills this process. Argument: options as JSON. */
const { root, namespace, isolation, spec } = JSON.parse(process.argv[2] ?? '')
const { logger } = createQuietLogger()
const { runtime } = await createContainerRuntime({ root, namespace, isolation, logger })
await runtime.start(spec)
console.log('started')
setInterval(() => undefined, 60_000)
