// An address such as ARTICLE#char=3,9 or ARTICLE#mention-3-9 names a part that the article's page does not hold.
"use strict";
function showPart() {
  const part = decodeURIComponent(location.hash.slice(1));
  if (part && !document.getElementById(part)) location.replace(`?part=${encodeURIComponent(part)}`);
}
addEventListener("hashchange", showPart);
showPart();
