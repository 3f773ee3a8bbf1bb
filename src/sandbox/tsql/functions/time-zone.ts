import { SqlDateTime } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import { TIME_ZONES } from './time-zone-names.ts'

const DAYS_TO_1970 = calendar.daysFromDate(1970, 1, 1)
const MINUTES_PER_DAY = 24 * 60
const MS_PER_MINUTE = 60_000
const TICKS_PER_MINUTE = MS_PER_MINUTE * 10_000

/** UTC offset in minutes at a moment, minutes since 1970. */
type OffsetAt = (utcMinutes: number) => number

const zones = new Map<string, OffsetAt>()

/**
 * The rules of a time zone by its Windows name.
 * @throws SqlError 9820
 */
export function timeZone(name: string): OffsetAt {
  const key = name.trim().toLowerCase()
  const known = zones.get(key)
  if (known !== undefined) return known
  const place = TIME_ZONES.get(key)
  if (place === undefined) {
    throw new SqlError(
      9820,
      `The time zone parameter '${name}' provided to AT TIME ZONE clause is invalid.`,
    )
  }
  const rules = offsetsOf(place)
  zones.set(key, rules)
  return rules
}

function offsetsOf(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (utcMinutes) => {
    const parts = format.formatToParts(new Date(utcMinutes * MS_PER_MINUTE))
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const match = /([+-])(\d{2}):(\d{2})/.exec(text)
    if (match === null) return 0
    const minutes = Number(match[2]) * 60 + Number(match[3])
    return match[1] === '-' ? -minutes : minutes
  }
}

const minutesOf = ({ days, ticks }: SqlDateTime): number =>
  (days - DAYS_TO_1970) * MINUTES_PER_DAY + Math.floor(ticks / TICKS_PER_MINUTE)

/** A moment of a datetimeoffset, moved into the zone. */
export function movedToZone(value: SqlDateTime, offsetAt: OffsetAt): SqlDateTime {
  const utc = calendar.toUtc(value)
  return calendar.atOffset(utc, offsetAt(minutesOf(utc)))
}

/**
 * Local time of the zone with its offset. A time that spring leaves out moves on by the gap; of one that
 * autumn has twice, standard time is meant.
 */
export function assumedInZone(value: SqlDateTime, offsetAt: OffsetAt): SqlDateTime {
  const local = minutesOf(value)
  const before = offsetAt(local - MINUTES_PER_DAY)
  const after = offsetAt(local + MINUTES_PER_DAY)
  const isValid = (offset: number) => offsetAt(local - offset) === offset
  const valid = [Math.min(before, after), Math.max(before, after)].find(isValid)
  if (valid !== undefined) return new SqlDateTime(value.days, value.ticks, valid)
  const ticks = value.ticks + (after - before) * TICKS_PER_MINUTE
  return calendar.normalized(value.days, ticks, after)
}
