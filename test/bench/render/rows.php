<?php
// The rows of index.html beside this file, as a PHP site would write them: output
// buffered, every text escaped. usage: php rows.php communities.ndjson > rows
function e($text) { return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE); }
function stem($identifier) {
  return preg_replace_callback('/[A-Z]/', fn($m) => '~' . strtolower($m[0]), $identifier);
}
// Processor seconds, so that other work on the machine does not count.
function seconds() {
  $u = getrusage();
  return $u['ru_utime.tv_sec'] + $u['ru_stime.tv_sec'] + ($u['ru_utime.tv_usec'] + $u['ru_stime.tv_usec']) / 1e6;
}
ini_set('memory_limit', '-1');
$begin = seconds();
$communities = [];
foreach (new SplFileObject($argv[1]) as $line)
  if ($line !== '') $communities[] = json_decode($line, true);
$read = seconds();
ob_start(null, 1 << 16);
foreach ($communities as $c) {
  $server = $c['server'];
  $lang = $c['languages'][0]['code'] ?? '';
?>
<tr id="<?= e($c['identifier']) ?>"<?php if (!empty($c['pinned'])) { ?> class="pin"<?php } ?>>
<th scope="row"><a href="c/<?= e(stem($c['identifier'])) ?>.html"<?php if ($lang) { ?> lang="<?= e($lang) ?>"<?php } ?> dir="auto"><bdi><?= e($c['name']) ?></bdi></a> <?php if ($server['key_status'] === 'proven') { ?><span>proven key</span><?php } else { ?><span>unproven key</span><?php } if (!empty($c['official'])) { ?><span>official</span><?php } if (!empty($c['new'])) { ?><span>new</span><?php } if (($c['write'] ?? true) === false) { ?><span>read only</span><?php } if (!empty($c['test'])) { ?><span>test</span><?php } if (!empty($c['not_seen_since'])) { ?><em>not seen since <?= e(substr($c['not_seen_since'], 0, 10)) ?></em><?php } ?></th>
<td<?php if ($lang) { ?> lang="<?= e($lang) ?>"<?php } ?> dir="auto"><?= e($c['description'] ?? '') ?><small><?php foreach ($c['tags'] as $tag) { ?><a href="tag-<?= e($tag) ?>.html">#<?= e($tag) ?></a> <?php } ?></small></td>
<td><?php foreach ($c['languages'] as $language) { ?><a href="language-<?= e($language['code']) ?>.html"><?= e($language['code']) ?></a> <?php } ?></td>
<td class="n"><?= e($c['weekly_users'] ?? '') ?></td>
<td><a href="server-<?= e($server['id']) ?>.html"><?= e(explode('//', $server['base_url'])[1]) ?></a></td>
<td><a href="<?= e($c['join_url']) ?>" rel="noopener noreferrer nofollow ugc">join</a><?php if (!empty($c['preview_url'])) { ?> <a href="<?= e($c['preview_url']) ?>" rel="noopener noreferrer nofollow ugc">preview</a><?php } ?></td>
</tr>
<?php
}
ob_end_flush();
$end = seconds();
fprintf(STDERR, "%.4f %.4f %d %d\n", $read - $begin, $end - $read, count($communities), getrusage()['ru_maxrss']);
