import fc from 'fast-check';
import { SequenceBuffer } from '../../../../../local/media/rtp/sequence-buffer.ts';

const aBuffer = () => {
  const delivered: number[] = [];
  const buffer = new SequenceBuffer((payload) => void delivered.push(payload.readUInt16BE()));
  const push = (sequence: number, now = 0): string => {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(sequence & 0xffff);
    return buffer.push(sequence & 0xffff, payload, now);
  };
  return { buffer, delivered, push };
};

const isAscending = (numbers: readonly number[], first: number): boolean =>
  numbers.every((number, index) => index === 0 || ((number - first + 0x10000) & 0xffff) > ((numbers[index - 1]! - first + 0x10000) & 0xffff));

describe('a sequence buffer', () => {
  it('passes what is in order at once, over the wrap', () => {
    const { delivered, push } = aBuffer();

    for (const sequence of [65_534, 65_535, 0, 1]) push(sequence);

    expect(delivered).toEqual([65_534, 65_535, 0, 1]);
  });

  it('gives a gap up when it holds too many', () => {
    const { buffer, delivered, push } = aBuffer();
    push(0);

    for (let sequence = 3; sequence <= 67; sequence += 1) push(sequence);

    expect(buffer.lost).toBe(2);
    expect(delivered).toHaveLength(66);
  });

  it('gives a gap up after its time, not before', () => {
    const { buffer, delivered, push } = aBuffer();
    push(0, 0);
    push(2, 10);

    buffer.expire(109);
    expect(delivered).toEqual([0]);
    buffer.expire(110);

    expect(delivered).toEqual([0, 2]);
    expect([push(1, 120), push(2, 120)]).toEqual(['late', 'repeated']);
  });

  it('restores any order within its bound and loses nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffff }), fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 200 }), (first, delays) => {
      const { buffer, delivered, push } = aBuffer();
      push(first - 1);
      const order = delays.map((delay, index) => ({ index, key: index + delay })).sort((left, right) => left.key - right.key);

      for (const { index } of order) push(first + index);

      expect(buffer.lost).toBe(0);
      expect(delivered).toHaveLength(delays.length + 1);
      expect(isAscending(delivered, (first - 1) & 0xffff)).toBe(true);
    }));
  });

  it('delivers in ascending order whatever comes, each once', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40 })), { maxLength: 400 }), (arrivals) => {
      const { buffer, delivered, push } = aBuffer();
      let now = 0;
      push(0);
      for (const [sequence, wait] of arrivals) {
        now += wait;
        push(sequence, now);
        buffer.expire(now);
      }
      buffer.expire(now + 1000);

      expect(isAscending(delivered, 0)).toBe(true);
      expect(delivered.length + buffer.lost).toBe(Math.max(0, ...delivered) + 1);
    }));
  });
});
