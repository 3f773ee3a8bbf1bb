import type { RecoveryModel } from '../../page/boot-page.ts'
import type { Lsn } from '../../page/lsn.ts'
import type { PagePointer } from '../../page/page.ts'
import type { SqlDateTime } from '../../sql-type.ts'
import { parseType } from '../catalog/parse-type.ts'
import { writePointer } from '../storage/page-writer.ts'
import { encodeValue } from '../value/value-encoder.ts'

// DBINFO (format reference 3.5) of SQL Server 2019; offsets from the record's start.
export const INTERNAL_VERSION = 904
const LENGTH = 1768
const NAME_BYTES = 256
const NAME_PADDING = 0x20
const STATUS = {
  autoClose: 0x1,
  bulkLogged: 0x4,
  simple: 0x8,
  pageChecksum: 0x10000,
  cleanlyShutDown: 0x40000000,
} as const
const DATA_PURITY = 2
/** The id that a first user database gets; attaching gives another one. */
const DATABASE_ID = 5
/** The rowversion before the first one that a new database gives. */
const FIRST_TIMESTAMP = 2000n
/** 15.0.2000, SQL Server 2019's first release. */
const ENGINE_BUILD = 0x0f0007d0
const BROKER_ENABLED = 1

export interface BootRecordFacts {
  readonly databaseName: string
  readonly collationId: number
  readonly compatibilityLevel: number
  readonly recoveryModel: RecoveryModel
  readonly isAutoClose: boolean
  readonly created: SqlDateTime
  readonly checkpointLsn: Lsn
  readonly nextObjectId: number
  readonly nextUnitNumber: bigint
  readonly maxTimestamp: bigint
  readonly familyGuid: string
  readonly brokerGuid: string
  readonly firstSysIndexes: PagePointer | undefined
}

/** The record of a database that was shut down cleanly. */
export function bootRecord(facts: BootRecordFacts): Buffer {
  const bytes = Buffer.alloc(LENGTH)
  const created = encodeValue(parseType('datetime', 0).type, facts.created)
  const guid = (value: string) => encodeValue(parseType('uniqueidentifier', 0).type, value)
  bytes.writeUInt16LE(LENGTH, 0x02)
  bytes.writeUInt16LE(INTERNAL_VERSION, 0x04)
  bytes.writeUInt16LE(INTERNAL_VERSION, 0x06)
  bytes.writeUInt32LE(statusOf(facts), 0x24)
  bytes.writeUInt32LE(facts.nextObjectId, 0x28)
  created.copy(bytes, 0x2c)
  writeName(bytes, facts.databaseName)
  bytes.writeUInt16LE(DATABASE_ID, 0x138)
  bytes.writeUInt16LE(facts.compatibilityLevel, 0x13a)
  const { maxTimestamp } = facts
  bytes.writeBigUInt64LE(maxTimestamp > FIRST_TIMESTAMP ? maxTimestamp : FIRST_TIMESTAMP, 0x13c)
  writeLsn(bytes, 0x15c, facts.checkpointLsn)
  bytes.writeUInt16LE(DATA_PURITY, 0x166)
  writeLsn(bytes, 0x174, facts.checkpointLsn)
  bytes.writeUInt32LE(facts.collationId, 0x188)
  guid(facts.familyGuid).copy(bytes, 0x198)
  // The recovery fork of a database that was never restored is the database itself.
  guid(facts.familyGuid).copy(bytes, 0x1c8)
  writePointer(bytes, 0x204, facts.firstSysIndexes)
  created.copy(bytes, 0x2a4)
  bytes.writeUInt32LE(ENGINE_BUILD, 0x2ac)
  guid(facts.brokerGuid).copy(bytes, 0x2b4)
  bytes.writeUInt32LE(BROKER_ENABLED, 0x2c4)
  bytes.writeBigUInt64LE(facts.nextUnitNumber, 0x2e0)
  return bytes
}

function statusOf({ recoveryModel, isAutoClose }: BootRecordFacts): number {
  const models = { FULL: 0, BULK_LOGGED: STATUS.bulkLogged, SIMPLE: STATUS.simple }
  const autoClose = isAutoClose ? STATUS.autoClose : 0
  return STATUS.cleanlyShutDown | STATUS.pageChecksum | models[recoveryModel] | autoClose
}

function writeName(bytes: Buffer, name: string): void {
  const text = Buffer.from(name, 'utf16le')
  bytes.fill(NAME_PADDING, 0x34, 0x34 + NAME_BYTES)
  text.copy(bytes, 0x34)
  bytes.writeUInt16LE(text.length, 0x134)
}

export function writeLsn(bytes: Buffer, start: number, lsn: Lsn): void {
  bytes.writeUInt32LE(lsn.virtualLogFile, start)
  bytes.writeUInt32LE(lsn.block, start + 4)
  bytes.writeUInt16LE(lsn.slot, start + 8)
}
