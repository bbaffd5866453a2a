// The canonical key of an article's address, and its id: reading/urls.py again, step by step. A test compares the two.

import { sha256 } from "./sha256.js";

const PREFIXES = (
  "utm_ at_ mtm_ pk_ matomo_ hsa_ _hs wt_ wt. oly_ vero_ guce_ gaa_ elq amp_ __cft__ sfmc_"
).split(" ");
const NAMES = new Set((
  "__s __source __tn__ __twitter_impression _ga _gl _kx _openstat amp campaign_id ck_subscriber_id cmp " +
  "cmpid cx_recs_click cx_testid dclid dicbo ef_id emc epik fb_action_ids fb_action_types fb_ref " +
  "fb_source fbclid feedname feedtype ftag gbraid gclid gclsrc guccounter icid igsh igshid instance_id " +
  "intcmp irclickid ito jsessionid leadsource li_fat_id linkid maca mbid mc_cid mc_eid mibextid mkt_tok " +
  "msclkid ncid ns_campaign ns_fee ns_linkname ns_mchannel ns_source ns_type oborigurl obref ocid " +
  "phpsessid rb_clickid ref_src ref_url regi_id s_cid s_kwcid sara_ref segment_id sfmcid smid smtyp " +
  "soc_src soc_trk spm sref srnd srsltid taid tblci tpcc traffic_source trkcampaign ttclid twclid usqp " +
  "wbraid wickedid wtmc wtrid xing_share xtor xtref xts yclid"
).split(" "));
const FEED_NAMES = new Set("f feed from outputtype partner ref rss source src via".split(" "));
const FEED_VALUES = new Set("amp atom feed rss rss-feed rss_feed rssfeed".split(" "));

const FORBIDDEN = /[\x00-\x20\x7f-\xa0\\\u1680\u2000-\u200b\u2028-\u202f\u205f\u3000\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i;
const LABEL = /^[a-z0-9_-]{1,63}$/;
const NUMBER = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const ADDRESS = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.|$)){4}$/;
const SAFE_IN_PATH = "!$&'()*+,;=:@";
const SAFE_IN_QUERY = "!$'()*,;:@/?";

/** The identity of an article's address, itself an address; null when there is none. */
export function canonicalKey(link) {
  const url = link.trim();
  const parts = url.length <= 4000 && !FORBIDDEN.test(url) && PARTS.exec(url);
  if (!parts) return null;
  const [, scheme, place, path, query = "", fragment = ""] = parts;
  const named = hostAndPort(place, scheme.toLowerCase());
  if (!named) return null;
  let [host, port] = named;
  while (host.startsWith("www.") && host.slice(4).includes(".")) host = host.slice(4);
  const page = fragment.startsWith("!") && fragment.length > 1 ? `#${encoded(fragment, `${SAFE_IN_QUERY}&=+#`)}` : "";
  const key = `https://${host}${port}${cleanPath(path)}${cleanQuery(query)}${page}`;
  return key.length <= 2000 ? key : null;
}

export const articleId = (key) => sha256(new TextEncoder().encode(key)).slice(0, 16);

function hostAndPort(place, scheme) {
  const parts = /^(\[[^\]]*\]|[^:[\]@]*)(?::([0-9]*))?$/.exec(place);
  if (!parts) return null;
  const port = Number(parts[2] || NaN);
  if (port > 65535) return null;
  const host = cleanHost(parts[1]);
  const isDefault = Number.isNaN(port) || port === 443 || (scheme === "http" && port === 80);
  return host && [host, isDefault ? "" : `:${port}`];
}

function cleanHost(name) {
  if (name.includes("%")) return null;
  let host = name.toLowerCase();
  if (name.startsWith("[") || /[^\x00-\x7f]/.test(name)) {
    try {
      host = new URL(`https://${name}/`).hostname;
    } catch {
      return null;
    }
  }
  if (host.startsWith("[")) return host;
  host = host.replace(/\.$/, "");
  const labels = host.split(".");
  if (!labels.every((label) => LABEL.test(label)) || host.length > 253) return null;
  return NUMBER.test(labels.at(-1)) && !ADDRESS.test(host) ? null : host;
}

/** Percent-decoded to bytes and encoded anew, but for these signs. */
function encoded(text, safe) {
  const bytes = new TextEncoder().encode(text);
  let made = "";
  for (let i = 0; i < bytes.length; i += 1) {
    let byte = bytes[i];
    if (byte === 37) {
      const hex = String.fromCharCode(...bytes.slice(i + 1, i + 3));
      if (/^[0-9a-f]{2}$/i.test(hex)) {
        byte = parseInt(hex, 16);
        i += 2;
      }
    }
    const letter = String.fromCharCode(byte);
    made += /[A-Za-z0-9_.~-]/.test(letter) || safe.includes(letter)
      ? letter
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return made;
}

function cleanPath(path) {
  const kept = [];
  const segments = path.split("/").slice(1);
  let plain = "";
  for (const segment of segments.length ? segments : [""]) {
    plain = encoded(segment, SAFE_IN_PATH).replace(/;jsessionid=.*/i, "");
    if (plain !== "." && plain !== "..") kept.push(plain);
    else if (plain === "..") kept.pop();
  }
  if (segments.at(-1) && (plain === "." || plain === "..")) kept.push("");
  return `/${kept.join("/")}`
    .replace(/(?<=[^/.])(?:[/.]amp)+(?=\/?$)/, "")
    .replace(/(?<=[^/.])(?:\.amp)+(?=\.html?$)/, "");
}

function cleanQuery(query) {
  const pairs = [];
  for (const item of query.replaceAll("+", " ").split("&")) {
    const [raw] = item.split("=", 1);
    const name = encoded(raw, SAFE_IN_QUERY);
    const value = encoded(item.slice(raw.length + 1), SAFE_IN_QUERY);
    if ((name || value) && !isTracking(name.toLowerCase(), value.toLowerCase())) pairs.push([name, value]);
  }
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return pairs.length ? `?${pairs.map(([name, value]) => (value ? `${name}=${value}` : name)).join("&")}` : "";
}

const isTracking = (name, value) =>
  NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix)) || (FEED_NAMES.has(name) && FEED_VALUES.has(value));
