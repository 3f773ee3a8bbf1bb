import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLogin7 } from '../../../../src/sandbox/tds/login7.ts'
import { login7 } from './raw-client.ts'

const UTF8_FEATURE = Buffer.from('0a0100000001ff', 'hex')

describe('readLogin7', () => {
  it('reads every field, and the password in clear', () => {
    const bytes = login7({ userName: 'ürsula', password: 'pä$$ 日', database: 'shop' })
    assert.deepEqual(readLogin7(bytes), {
      tdsVersion: 0x74000004,
      packetSize: 4096,
      clientProcessId: 1234,
      integratedSecurity: false,
      hostName: 'host',
      userName: 'ürsula',
      password: 'pä$$ 日',
      applicationName: 'app',
      serverName: 'server',
      libraryName: 'library',
      language: '',
      database: 'shop',
      features: undefined,
    })
  })

  it('keeps the packet size within what the protocol allows', () => {
    const sizes = [0, 1, 512, 8000, 32_767, 4_000_000_000]
    assert.deepEqual(
      sizes.map((packetSize) => readLogin7(login7({ packetSize })).packetSize),
      [4096, 512, 512, 8000, 32_767, 32_767],
    )
  })

  it('reads the features that are asked for', () => {
    const sessionRecovery = Buffer.from('0102000000abcd', 'hex')
    const features = Buffer.concat([sessionRecovery, UTF8_FEATURE])
    assert.deepEqual(readLogin7(login7({ features })).features, {
      utf8: true,
      federatedAuthentication: false,
    })
  })

  it('sees integrated security', () => {
    assert.equal(readLogin7(login7({ optionFlags2: 0x80 })).integratedSecurity, true)
  })

  it('refuses a message that is cut off anywhere, or refuses nothing of it', () => {
    const bytes = login7({ features: UTF8_FEATURE, database: 'shop' })
    for (let length = 0; length < bytes.length - 8; length++) {
      assert.throws(() => readLogin7(bytes.subarray(0, length)), /protocol stream|login packet/)
    }
  })
})
