{{/*
One service: the defaults with its own values over them. Gives a dict of root, name, fullname and
values, which all templates of a component take. Through JSON, because a template gives text.
*/}}
{{- define "espalier.component" -}}
{{- $values := mustMergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values.services .name)) }}
{{- $fullname := printf "%s-%s" (include "espalier.fullname" .root) .name }}
{{- dict "name" .name "fullname" $fullname "values" $values | toJson }}
{{- end }}

{{- define "espalier.image" -}}
{{- $image := .values.image }}
{{- $repository := printf "%s/%s" (trimSuffix "/" .root.Values.image.registry) $image.name }}
{{- if $image.digest }}
{{- printf "%s@%s" $repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $repository ($image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion) }}
{{- end }}
{{- end }}

{{/* Who calls whom among our own: a list of names, as JSON. Takes root and name. */}}
{{- define "espalier.callees" -}}
{{- $callees := get (dict "gateway" (list "memory" "equivalence" "reasoning" "kg") "reasoning" (list "equivalence")) .name | default list }}
{{- if (include "espalier.component" . | fromJson).values.usesGatewayModels }}
{{- $callees = append $callees "gateway" }}
{{- end }}
{{- toJson $callees }}
{{- end }}

{{- define "espalier.callers" -}}
{{- $callers := list }}
{{- $root := .root }}
{{- $called := .name }}
{{- range $name := keys .root.Values.services | sortAlpha }}
{{- if has $called (include "espalier.callees" (dict "root" $root "name" $name) | fromJsonArray) }}
{{- $callers = append $callers $name }}
{{- end }}
{{- end }}
{{- toJson $callers }}
{{- end }}

{{- define "espalier.isScaled" -}}
{{- if or .values.autoscaling.enabled (gt (int .values.replicas) 1) }}yes{{ end }}
{{- end }}
