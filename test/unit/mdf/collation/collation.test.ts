import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SQL_COLLATION_NAMES } from '../../../../src/mdf/collation/sql-collations.ts'
import { WINDOWS_LOCALES } from '../../../../src/mdf/collation/windows-locales.ts'
import {
  collationCodePage,
  collationIdByName,
  collationLcid,
  collationName,
  collationTraits,
} from '../../../../src/mdf/index.ts'

const KNOWN: readonly (readonly [id: number, name: string, codePage: number])[] = [
  [0x3400d008, 'SQL_Latin1_General_CP1_CI_AS', 1252],
  [0x0000d008, 'Latin1_General_CI_AS', 1252],
  [0x0000f008, 'Latin1_General_CI_AI', 1252],
  [0x00001008, 'Latin1_General_CI_AS_KS_WS', 1252],
  [0x00010008, 'Latin1_General_BIN', 1252],
  [0x00000808, 'Latin1_General_BIN2', 1252],
  [0x0004d108, 'Latin1_General_100_CI_AS_SC', 1252],
  [0x0004d188, 'Latin1_General_100_CI_AS_SC_UTF8', 65001],
  [0x0006d148, 'Japanese_XJIS_140_CI_AS_VSS', 932],
  [0x0006d348, 'Japanese_XJIS_140_CI_AS', 932],
  [0x0000d003, 'Chinese_Taiwan_Stroke_CI_AS', 950],
  [0x0002f031, 'Chinese_PRC_90_CI_AI', 936],
  [0x2a00d008, 'SQL_Latin1_General_CP850_CI_AS', 850],
  [0x1e010008, 'SQL_Latin1_General_CP437_BIN', 437],
  [0x8200d01a, 'SQL_Latin1_General_CP1254_CI_AS', 1254],
]

describe('collationName and collationIdByName', () => {
  it('know SQL and Windows collations of every version', () => {
    for (const [id, name] of KNOWN) {
      assert.equal(collationName(id), name)
      assert.equal(collationIdByName(name), id)
      assert.equal(collationIdByName(name.toLowerCase()), id)
    }
  })

  it('agree on every locale and style', () => {
    for (const [index, locale] of WINDOWS_LOCALES) {
      for (const version of locale.versions) {
        const versionBits = [80, 90, 100, 140].indexOf(version) << 17
        for (const style of [0x10000, 0x800, 0xd000, 0x0000, 0xf000]) {
          const supplementary = version === 140 && style < 0x10000 && style !== 0x800 ? 0x300 : 0
          const id = index | versionBits | style | supplementary
          assert.equal(collationIdByName(collationName(id) ?? ''), id, collationName(id))
        }
      }
    }
    for (const [id, name] of SQL_COLLATION_NAMES) assert.equal(collationIdByName(name), id)
  })

  it('do not know names and ids that SQL Server does not have', () => {
    for (const name of [
      '',
      'Latin1_General_90_CI_AS',
      'Klingon_CI_AS',
      'Latin1_General',
      'SQL_x',
    ]) {
      assert.equal(collationIdByName(name), undefined, name)
    }
    assert.equal(collationName(0xffffffff), undefined)
    assert.equal(collationName(0), undefined)
  })
})

describe('collationCodePage', () => {
  it('comes from the sort id, the encoding or the locale', () => {
    for (const [id, , codePage] of KNOWN) assert.equal(collationCodePage(id), codePage)
  })

  it('is 1252 for languages without one', () => {
    assert.equal(collationCodePage(0), 1252)
    assert.equal(collationCodePage(collationIdByName('Khmer_100_CI_AS') ?? 0), 1252)
  })
})

describe('collationLcid', () => {
  it('has the sort id above the language', () => {
    assert.equal(collationLcid(0x3400d008), 1033)
    assert.equal(collationLcid(collationIdByName('German_PhoneBook_CI_AS') ?? 0), 0x10407)
  })
})

describe('collationTraits', () => {
  it('has what the name says', () => {
    assert.deepEqual(collationTraits(0x3400d008), {
      caseSensitive: false,
      accentSensitive: true,
      kanaSensitive: false,
      widthSensitive: false,
      binary: false,
      utf8: false,
      locale: 'en',
    })
    const binary = collationTraits(collationIdByName('Latin1_General_100_BIN2_UTF8') ?? 0)
    assert.deepEqual(
      [binary.binary, binary.caseSensitive, binary.accentSensitive, binary.utf8],
      [true, true, true, true],
    )
    assert.equal(collationTraits(collationIdByName('Turkish_CS_AI') ?? 0).locale, 'tr')
  })

  it('has a locale that Intl.Collator takes', () => {
    for (const [, { tag }] of WINDOWS_LOCALES) assert.ok(new Intl.Collator(tag))
  })
})
