import { daysFromDate, type YearMonthDay } from './calendar.ts'

/** Months of styles 130 and 131, in Arabic. */
export const HIJRI_MONTHS = [
  'محرم',
  'صفر',
  'ربيع الاول',
  'ربيع الثاني',
  'جمادى الاولى',
  'جمادى الثانية',
  'رجب',
  'شعبان',
  'رمضان',
  'شوال',
  'ذو القعدة',
  'ذو الحجة',
]

/** Day number of 1 Muharram 1: 19 July 622 Gregorian, which is 16 July of the Julian calendar. */
const EPOCH = daysFromDate(622, 7, 19)
const DAYS_PER_30_YEARS = 10_631

/** The date in the arithmetic Islamic calendar (the "Kuwaiti algorithm": 11 leap years in 30). */
export function hijriFromDays(days: number): YearMonthDay {
  const since = days - EPOCH
  const year = Math.floor((30 * since + 10_646) / DAYS_PER_30_YEARS)
  const yearStart = 354 * (year - 1) + Math.floor((11 * year + 3) / 30)
  const dayInYear = since - yearStart
  const month = Math.min(Math.floor((2 * dayInYear + 1) / 59) + 1, 12)
  const monthStart = 29 * (month - 1) + Math.floor(month / 2)
  return { year, month, day: dayInYear - monthStart + 1 }
}
