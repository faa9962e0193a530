/**
 * Markdown that tries to run `alert(1)`, made from a seed: HTML with handlers, addresses with protocols, formulas with
 * commands, written plainly or disguised, wrapped in Markdown, and damaged at random.
 */

const CALLS = [
  ...['alert(1)', 'alert`1`', 'window["al"+"ert"](1)', '(alert)(1)', 'top.alert(1)', '[1].find(alert)'],
  ...[
    'eval("ale"+"rt(1)")',
    'Function("alert(1)")()',
    'setTimeout("alert(1)")',
    'import("data:text/javascript,alert(1)")',
  ],
  ...['self[atob("YWxlcnQ=")](1)', 'throw onerror=alert,1', 'document.write("<script>alert(1)</script>")'],
]
const HANDLERS = [
  ...['onerror', 'onload', 'onclick', 'onmouseover', 'onfocus', 'onfocusin', 'onblur', 'ontoggle', 'onpointerenter'],
  ...['onanimationstart', 'onanimationend', 'ontransitionend', 'onbegin', 'onwheel', 'onbeforetoggle', 'onscrollend'],
  ...[
    'oncontentvisibilityautostatechange',
    'onpageshow',
    'onhashchange',
    'onmessage',
    'onstart',
    'onfinish',
    'OnErRoR',
  ],
]
const TAGS = [
  ...[
    'img src=x',
    'svg',
    'body',
    'iframe src=about:blank',
    'video src=x',
    'audio src=x',
    'details open',
    'input autofocus',
  ],
  ...['marquee', 'a href=#x tabindex=1 autofocus', 'math', 'object data=x', 'embed src=x', 'style', 'select autofocus'],
  ...[
    'textarea autofocus',
    'keygen autofocus',
    'xss contenteditable',
    'dialog open',
    'button popovertarget=x',
    'template',
  ],
  ...[
    'table background=x',
    'form id=x',
    'link rel=stylesheet href=x',
    'meta http-equiv=refresh content=0',
    'base href=//x',
  ],
]
const ADDRESSES = [
  ...[
    'javascript:',
    'JaVaScRiPt:',
    'java\tscript:',
    'java\nscript:',
    ' javascript:',
    '\u0001javascript:',
    'javascript&colon;',
  ],
  ...[
    '&#106;avascript:',
    '&#x6A;avascript:',
    '&#0000106avascript:',
    'javascript&#58;',
    'jav&#x09;ascript:',
    'vbscript:',
  ],
  ...[
    'data:text/html,<script>',
    'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==#',
    'view-source:javascript:',
  ],
  ...[
    'feed:javascript:',
    'blob:javascript:',
    '%6Aavascript:',
    'javascript:%250a',
    '\\javascript:',
    'javascript:/*--></title>*/',
  ],
  ...[
    'livescript:',
    'mocha:',
    'jar:javascript:',
    'x:javascript:',
    '//evil.example/',
    '/\\evil.example/',
    'http:javascript:',
  ],
]
const FORMULAS = [
  ...[
    '\\href{@}{x}',
    '\\url{@}',
    '\\includegraphics{@}',
    '\\htmlClass{"onclick=!}{x}',
    '\\class{"><script>!</script>}{x}',
  ],
  ...[
    '\\style{background:url(@)}{x}',
    '\\data{onclick=!}{x}',
    '\\id{x" onclick="!}{x}',
    '\\text{<img src=x onerror=!>}',
  ],
  ...[
    '\\unicode{<script>!</script>}',
    '\\color{red" onclick="!}{x}',
    '\\colorbox{url(@)}{x}',
    '\\rule{9999999em}{9em}',
  ],
  ...[
    '\\def\\a{\\a\\a}\\a',
    '\\newcommand{\\x}{<svg onload=!>}\\x',
    '\\operatorname{<script>!</script>}',
    '\\tag{<img src=x onerror=!>}',
  ],
]
const BREAKOUTS = [
  ...['</textarea><script>!</script>', '</title><svg onload=!>', '--><img src=x onerror=!>', ']]><script>!</script>'],
  ...[
    '<![CDATA[<img src=x onerror=!>]]>',
    '<!--><img src=x onerror=!>-->',
    '<?xml ?><svg onload=!>',
    '<noscript><p title="</noscript><img src=x onerror=!>">',
  ],
  ...['<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=!&gt;">'],
  ...[
    '<svg><style><a id="</style><img src=1 onerror=!>">',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=!>',
  ],
  ...[
    '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><a href=@><text>x</text></a></svg>#x">',
  ],
  ...[
    '<svg><animate xlink:href=#x attributeName=href values=@ /><a id=x><text y=9>x</text></a>',
    '<a href=@>x</a>',
    '<iframe src="@"></iframe>',
  ],
  ...[
    '<script>!</script>',
    '<script src=data:,!></script>',
    '<scr<script>ipt>!</scr</script>ipt>',
    '<object data="@"></object>',
    '<style>@import "@";</style>',
  ],
  ...[
    '<div style="width:expression(!);background:url(@)">x</div>',
    '<a id=cookie name=defaultView href=@>x</a>',
    '<form action="@"><button>x</button></form>',
  ],
]
const WRAPS = [
  ...[
    '@',
    '[x](@)',
    '[x](<@>)',
    '![x](@)',
    '![x](<@> "t")',
    '[x]: @\n\n[x]',
    '<@>',
    '[![a](@)](@)',
    '[x](@ "\\"onclick=!")',
  ],
  ...[
    '> @',
    '- @',
    '1. @',
    '# @',
    '| a | b |\n|---|---|\n| @ | ! |',
    '`@`',
    '```\n@\n```',
    '```"onclick=!\n@\n```',
    '    @',
  ],
  ...[
    '**@**',
    '~~@~~',
    '*[x](@)*',
    '- [ ] @',
    '![`@`](@)',
    '[x][@]\n\n[@]: @',
    '\\[x](@)',
    '@\n===',
    'https://a.example/"onclick=!',
    '&lt;@',
  ],
]

export function hostileTexts({ seed, count }: { seed: number; count: number }): string[] {
  const random = randomOf(seed)
  return Array.from({ length: count }, () => {
    const inner = hostileCore(random)
    const nested = random() < 0.3 ? fill(pick(WRAPS, random), inner, random) : inner
    const text = fill(pick(WRAPS, random), nested, random)
    return random() < 0.35 ? damage(text, random) : text
  })
}

type Random = () => number

function hostileCore(random: Random): string {
  const kind = random()
  const address = `${pick(ADDRESSES, random)}${pick(CALLS, random)}`
  if (kind < 0.3) return `<${pick(TAGS, random)} ${pick(HANDLERS, random)}=${quoted(pick(CALLS, random), random)}>`
  if (kind < 0.6) return address
  if (kind < 0.75) return `$${fill(pick(FORMULAS, random), address, random)}$`
  return fill(pick(BREAKOUTS, random), address, random)
}

const fill = (pattern: string, address: string, random: Random) =>
  pattern.replace(/[@!]/g, (mark) => (mark === '@' ? address : pick(CALLS, random)))

function quoted(call: string, random: Random): string {
  const mark = pick(['"', "'", '', '`', '&quot;'], random)
  return `${mark}${call}${mark}`
}

/** Takes out, doubles or puts in a character that parsers stumble over. */
function damage(text: string, random: Random): string {
  const at = Math.floor(random() * text.length)
  const odd = pick(
    [
      '\u0000',
      '\u00a0',
      '\u200b',
      '\ufeff',
      '\t',
      '\n',
      '\r',
      '/',
      '"',
      "'",
      '<',
      '>',
      '&',
      '\\',
      '\ud800',
      '　',
      '＜',
    ],
    random,
  )
  const kind = random()
  if (kind < 0.25) return text.slice(0, at) + text.slice(at + 1)
  if (kind < 0.5) return text.slice(0, at) + text.slice(at - 1)
  return text.slice(0, at) + odd + text.slice(at)
}

const pick = <Item>(items: readonly Item[], random: Random) => items[Math.floor(random() * items.length)] as Item

/** mulberry32: 32 bits of state, for tests that must come out the same again. */
function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
