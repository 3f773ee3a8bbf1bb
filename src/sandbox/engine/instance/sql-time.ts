import { SqlDateTime, TICKS_PER_SECOND } from '../../../mdf/index.ts'

const MS_PER_DAY = 86_400_000
const TICKS_PER_MS = TICKS_PER_SECOND / 1000
/** Days from 0001-01-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_162

/** A point in time as the catalog shows it: a datetime in the server's time zone. */
export function toSqlTime(time: Date): SqlDateTime {
  const localMs = time.getTime() - time.getTimezoneOffset() * 60_000
  const days = Math.floor(localMs / MS_PER_DAY)
  return new SqlDateTime(days + DAYS_TO_1970, (localMs - days * MS_PER_DAY) * TICKS_PER_MS)
}
