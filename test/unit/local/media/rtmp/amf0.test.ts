import fc from 'fast-check';
import { readAmfValues, type AmfValue } from '../../../../../local/media/rtmp/amf0-reader.ts';
import { writeAmfValues } from '../../../../../local/media/rtmp/amf0-writer.ts';
import { RtmpProtocolError } from '../../../../../local/media/rtmp/protocol-error.ts';

const { value } = fc.letrec<{ value: AmfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.string(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.string({ minLength: 1 }), tie('value')), { maxLength: 4 }).map((members) => new Map(members)),
  ),
}));

describe('AMF0', () => {
  it('reads back what it writes', () => {
    fc.assert(fc.property(fc.array(value, { maxLength: 4 }), (values) => {
      expect(readAmfValues(writeAmfValues(...values))).toEqual(values);
    }));
  });

  it('keeps a key that names a prototype harmless', () => {
    const [object] = readAmfValues(writeAmfValues(new Map([['__proto__', 'x']])));

    expect(object).toEqual(new Map([['__proto__', 'x']]));
  });

  it('rejects anything malformed with a protocol error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readAmfValues(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(RtmpProtocolError);
      }
    }));
  });

  it('rejects nesting beyond its limit', () => {
    const nested = Buffer.concat(Array.from({ length: 50 }, () => Buffer.from([10, 0, 0, 0, 1])));

    expect(() => readAmfValues(nested)).toThrow(/nested deeper/);
  });
});
