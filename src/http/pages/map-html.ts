/**
 * The page `/map`, without any script or style of its own, as its content security policy demands.
 *
 * @param folder sub-folder of the server in its public address, without a final slash; empty for none.
 * @param assets address of the page's files.
 */
export function mapHtml(folder: string, assets: string): string {
  return `<!doctype html>
<html lang="en" data-folder="${folder}" data-theme="day">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chartroom: chart</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/maplibre-gl.css">
<link rel="stylesheet" href="${assets}/map.css">
<script src="${assets}/theme.js"></script>
<script type="module" src="${assets}/map.js"></script>
</head>
<body>
<header>
<h1>Chartroom</h1>
<button type="button" id="toggle" aria-expanded="false" aria-controls="controls">Display</button>
<form id="controls" autocomplete="off">
<fieldset class="themes">
<legend>Colours</legend>
<label><input type="radio" name="theme" value="day"><span>Day</span></label><label><input type="radio" name="theme" value="dusk"><span>Dusk</span></label><label><input type="radio" name="theme" value="night"><span>Night</span></label>
</fieldset>
<label>Safety depth (m) <input type="number" id="depthLimit" name="depthLimit" min="0" max="100" step="any" required></label>
<label>Depths in <select name="depthUnits"><option value="meters">metres</option><option value="feet">feet</option><option value="fathoms">fathoms</option></select></label>
<label><input type="checkbox" name="showLightSectors"> Light sectors</label>
<label><input type="checkbox" name="showPlaceNames"> Names</label>
</form>
<button type="button" id="sign-out" hidden>Sign out</button>
</header>
<main>
<div id="map"></div>
<p id="status" role="status" hidden></p>
<aside id="panel" aria-label="What is here" hidden>
<div class="head"><h2></h2><button type="button" class="close">Close</button></div>
<div class="features" aria-live="polite"></div>
</aside>
<form id="sign-in" hidden>
<div>
<h2>Sign in</h2>
<label>User name <input id="username" name="username" autocomplete="username" autocapitalize="none" required></label>
<label>Password <input id="password" name="password" type="password" autocomplete="current-password" required></label>
<p id="sign-in-problem" role="alert"></p>
<button class="primary">Sign in</button>
</div>
</form>
</main>
<noscript><p>The chart needs JavaScript.</p></noscript>
</body>
</html>
`
}
