import { assertNever } from '../../../base/index.ts'
import { MAX_LENGTH, type SqlType } from '../../../mdf/index.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { writeCollation } from './collation.ts'
import { magnitudeBytes } from './facets.ts'
import { MAX_LENGTH_MARK, WIRE_TYPES } from './wire-type.ts'

const TEXT_BYTES = 0x7fff_ffff
const NTEXT_BYTES = 0x7fff_fffe
const VARIANT_BYTES = 8009
const HIERARCHYID_BYTES = 892

/** Assembly that the CLR types of SQL Server live in. */
const CLR_ASSEMBLY =
  'Microsoft.SqlServer.Types, Version=11.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91'
const CLR_CLASSES = {
  hierarchyid: 'SqlHierarchyId',
  geometry: 'SqlGeometry',
  geography: 'SqlGeography',
} as const

/**
 * TYPE_INFO of COLMETADATA and RETURNVALUE, [MS-TDS] 2.2.5.6. Always a type that can be NULL: the
 * flags tell clients whether a column is.
 */
export function writeTypeInfo(out: ByteWriter, type: SqlType): void {
  const { name } = type
  switch (name) {
    case 'bit':
      withLength(out, WIRE_TYPES.bitN, 1)
      break
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      withLength(out, WIRE_TYPES.intN, type.maxLength)
      break
    case 'real':
    case 'float':
      withLength(out, WIRE_TYPES.floatN, type.maxLength)
      break
    case 'money':
    case 'smallmoney':
      withLength(out, WIRE_TYPES.moneyN, type.maxLength)
      break
    case 'datetime':
    case 'smalldatetime':
      withLength(out, WIRE_TYPES.datetimeN, type.maxLength)
      break
    case 'uniqueidentifier':
      withLength(out, WIRE_TYPES.uniqueidentifier, 16)
      break
    case 'decimal':
    case 'numeric':
      withLength(out, WIRE_TYPES[name], magnitudeBytes(type.precision) + 1)
      out.u8(type.precision)
      out.u8(type.scale)
      break
    case 'date':
      out.u8(WIRE_TYPES.date)
      break
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      withLength(out, WIRE_TYPES[name], type.scale)
      break
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      withLength16(out, WIRE_TYPES[name], type.maxLength)
      writeCollation(out, type.collationId)
      break
    case 'binary':
    case 'varbinary':
      withLength16(out, WIRE_TYPES[name], type.maxLength)
      break
    case 'timestamp':
      withLength16(out, WIRE_TYPES.binary, 8)
      break
    case 'text':
    case 'ntext':
      out.u8(WIRE_TYPES[name])
      out.u32(name === 'text' ? TEXT_BYTES : NTEXT_BYTES)
      writeCollation(out, type.collationId)
      break
    case 'image':
      out.u8(WIRE_TYPES.image)
      out.u32(TEXT_BYTES)
      break
    case 'sql_variant':
      out.u8(WIRE_TYPES.variant)
      out.u32(VARIANT_BYTES)
      break
    case 'xml':
      withLength(out, WIRE_TYPES.xml, 0) // no schema collection
      break
    case 'hierarchyid':
    case 'geometry':
    case 'geography':
      writeUdtInfo(out, name)
      break
    default:
      assertNever(name)
  }
}

function withLength(out: ByteWriter, code: number, length: number): void {
  out.u8(code)
  out.u8(length)
}

function withLength16(out: ByteWriter, code: number, length: number): void {
  out.u8(code)
  out.u16(length === MAX_LENGTH ? MAX_LENGTH_MARK : length)
}

/** UDT_INFO, [MS-TDS] 2.2.5.5.2. */
function writeUdtInfo(out: ByteWriter, name: keyof typeof CLR_CLASSES): void {
  withLength16(out, WIRE_TYPES.udt, name === 'hierarchyid' ? HIERARCHYID_BYTES : MAX_LENGTH)
  out.bVarchar('master')
  out.bVarchar('sys')
  out.bVarchar(name)
  out.usVarchar(`Microsoft.SqlServer.Types.${CLR_CLASSES[name]}, ${CLR_ASSEMBLY}`)
}
