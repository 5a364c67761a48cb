// Strings that try to break out of text, attributes, JSON, script, style and addresses.
export const hostile = [
  `<script>fired()</script>`, `</script><script>fired()</script>`, `<img src=x onerror=fired()>`, `<svg onload=fired()>`,
  `"><img src=x onerror=fired()>`, `'><svg/onload=fired()>`, `" onmouseover="fired()" x="`, `' onfocus='fired()' autofocus='`,
  `javascript:fired()`, `<a href="javascript:fired()">x</a>`, `<iframe srcdoc="<script>parent.fired()</script>"></iframe>`,
  `<iframe src="javascript:parent.fired()">`, `<body onload=fired()>`, `<details open ontoggle=fired()>`, `<video><source onerror=fired()>`,
  `<input autofocus onfocus=fired()>`, `<select autofocus onfocus=fired()>`, `<textarea autofocus onfocus=fired()>`,
  `<math><mtext></mtext><mglyph><svg><mtext><style><path id="</style><img onerror=fired() src>">`, `<!--><img src=x onerror=fired()>-->`,
  `<!-- <script>`, `]]><script>fired()</script>`, `</title><script>fired()</script>`, `</style><script>fired()</script>`,
  `</textarea><script>fired()</script>`, `</noscript><script>fired()</script>`, `<style>@import 'http://x.invalid/a.css'</style>`,
  `<link rel=stylesheet href=http://x.invalid/a.css>`, `<img src=http://x.invalid/a.png>`, `<base href=http://x.invalid/>`,
  `<meta http-equiv=refresh content="0;url=http://x.invalid/">`, `<form action=http://x.invalid/><button>x`, `<object data="data:text/html,<script>fired()</script>">`,
  `<embed src="data:text/html,<script>parent.fired()</script>">`, `\u2028fired()\u2029`, `\\u003cscript\\u003efired()\\u003c/script\\u003e`,
  `&lt;script&gt;fired()&lt;/script&gt;`, `&#60;img src=x onerror=fired()&#62;`, "`${fired()}`", `{{constructor.constructor('fired()')()}}`,
  `<x contenteditable onblur=fired()>x`, `<svg><animate onbegin=fired() attributeName=x dur=1s>`, `<svg><set attributeName=onmouseover to=fired()>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' onload='fired()'/>#x"/>`, `<marquee onstart=fired()>`, `<audio src onerror=fired()>`,
  `%3Cscript%3Efired()%3C/script%3E`, `<scr<script>ipt>fired()</scr</script>ipt>`, `<IMG """><SCRIPT>fired()</SCRIPT>">`, `\u0000<img src=x onerror=fired()>`,
  `__proto__`, `constructor`, `=cmd|' /C calc'!A0`,
];
