import { allowsMethod, behaviourFor, matchesPattern } from '../../../../local/edge/behaviour.ts';
import { aDistributionConfig } from '../../../support/edge/edge-harness.ts';

const aBehaviour = (PathPattern: string, TargetOriginId: string) => ({ PathPattern, TargetOriginId, ViewerProtocolPolicy: 'allow-all' as const });

describe('a behaviour', () => {
  it.each([
    ['/t/*.m3u8', '/t/x/y/index.m3u8', true],
    ['/t/*.m3u8', '/t/x/y/index.m3u8x', false],
    ['t/*', '/t/x', true],
    ['*.ts', '/a/b.ts', true],
    ['/a?.ts', '/ab.ts', true],
    ['/a?.ts', '/a.ts', false],
    ['/A/*', '/a/b', false],
    ['/a.b', '/axb', false],
    ['*', '/anything', true],
  ])('with pattern %s takes %s: %s', (pattern, path, expected) => {
    expect(matchesPattern(pattern, path)).toBe(expected);
  });

  it('is the first in order that matches, else the default', () => {
    const config = aDistributionConfig('origin', { CacheBehaviors: { Quantity: 2, Items: [aBehaviour('/t/*.m3u8', 'manifests'), aBehaviour('/t/*', 'segments')] } });

    const targets = ['/t/a.m3u8', '/t/a.ts', '/x'].map((path) => behaviourFor(config, path)?.TargetOriginId);

    expect(targets).toEqual(['manifests', 'segments', 'origin']);
  });

  it('takes GET and HEAD when it names no methods', () => {
    const behaviour = aBehaviour('*', 'origin');

    expect(['GET', 'HEAD', 'OPTIONS', 'POST'].map((method) => allowsMethod(behaviour, method))).toEqual([true, true, false, false]);
  });
});
