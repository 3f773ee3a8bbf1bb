import { openStore } from '../../src/store/index.ts'
import { createQuietLogger } from './quiet-logger.ts'

/** Opens a store as another user and prints what it got, or the error. Arguments: ROOT UID. */
const [root = '', uid = ''] = process.argv.slice(2)
process.setgid?.(Number(uid))
process.setuid?.(Number(uid))
const { logger } = createQuietLogger()
try {
  const { driver, reason } = await openStore({
    root,
    driver: 'auto',
    limitBytes: 1024 ** 3,
    logger,
  })
  await driver.close()
  console.log(reason)
} catch (error) {
  console.log(String(error))
}
