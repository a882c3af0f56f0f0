import fc from 'fast-check';
import { readXml, type XmlElement } from '../../../../../../local/services/mediapackage/encryption/xml-reader.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const written = ({ name, attributes, children, text }: XmlElement): string =>
  `<${name}${[...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}>${escaped(text)}${children.map(written).join('')}</${name}>`;

const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/).filter((text) => text !== 'xmlns');
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const element = (depth: number): fc.Arbitrary<XmlElement> =>
  fc.record({
    namespace: fc.constant(''),
    name,
    attributes: fc.array(fc.tuple(name, text), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    children: depth === 0 ? fc.constant([]) : fc.array(element(depth - 1), { maxLength: 3 }),
    text,
  });

describe('reading XML', () => {
  it('reads what was written', () => {
    fc.assert(fc.property(element(3), (root) => expect(readXml(`<?xml version="1.0"?>\n${written(root)}\n`)).toEqual(root)));
  });

  it('resolves namespaces by whatever prefix', () => {
    const root = readXml('<a:A xmlns:a="urn:a" xmlns="urn:b"><B x="1" a:y="2"/><c:C xmlns:c="urn:c"><![CDATA[<&>]]></c:C></a:A>');

    expect(root).toMatchObject({ namespace: 'urn:a', name: 'A' });
    expect(root.children).toMatchObject([
      { namespace: 'urn:b', name: 'B', attributes: new Map([['x', '1']]) },
      { namespace: 'urn:c', name: 'C', text: '<&>' },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['text alone', 'hello'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>b'],
    ['an element that is not closed', '<a><b></b>'],
    ['elements that overlap', '<a><b></a></b>'],
    ['an end without a beginning', '</a>'],
    ['an attribute that is there twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['a prefix that is not declared', '<a:b/>'],
    ['an entity that is not declared', '<a>&b;</a>'],
    ['an ampersand alone', '<a>a & b</a>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['elements nested too deep', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`],
    ['a tag that breaks off', '<a><b'],
  ])('refuses %s', (_, document) => {
    expect(() => readXml(document)).toThrow(SyntaxError);
  });

  it('ends on whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', '!', '-', '[', ']', '?', '"', "'", '=', '&', ';', ':', 'a', ' ', 'CDATA[') }), (document) => {
        try {
          readXml(document);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });
});
