"""Text in several languages: lines, prose and lists of words, with what is wrong with a translation."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mingshi.languages import Languages, Localised
from mingshi.problems import Fault, nearest
from mingshi.schema.reading import MARK, JsonSchema, refuse, show


class _PerLanguage:
    """A value that holds one part a language, and is read with the site's languages as context."""

    __slots__ = ()
    mark: ClassVar[str]
    _validate: ClassVar[Callable[..., Any]]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(_by_language, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        return {MARK: cls.mark}


class _LocalisedText(_PerLanguage, Localised):
    """Read from one string (the first language) or from one string a language."""

    __slots__ = ()
    mark = "localised"

    @classmethod
    def _validate(cls, value: object, info: core_schema.ValidationInfo[Languages]) -> Self:
        languages = _languages(info)
        if isinstance(value, str):
            text = value.strip()
            if not text:
                raise refuse(Fault("empty-text", expected="localised"))
            return cls((text, *(None,) * (len(languages) - 1)))
        if not isinstance(value, dict):
            raise refuse(Fault("wrong-type", found=show(value), expected="localised"))
        if tuple(value) == languages.keys and all(text.__class__ is str and text.strip() for text in value.values()):
            return cls([text.strip() for text in value.values()])
        faults = list(_language_faults(value, languages, "text"))
        if faults:
            raise refuse(*faults)
        return cls(value[key].strip() if key in value else None for key in languages.keys)


class Text(_LocalisedText):
    """A line of plain text."""

    __slots__ = ()


class Prose(_LocalisedText):
    """CommonMark, in which `[text](kind:id)` links to a record."""

    __slots__ = ()


class Words(_PerLanguage, tuple[tuple[str, ...], ...]):
    """Lists of words, one a language; a plain list is in the first language."""

    __slots__ = ()
    mark = "words"

    @classmethod
    def _validate(cls, value: object, info: core_schema.ValidationInfo[Languages]) -> Self:
        languages = _languages(info)
        by_language = {languages.first.key: value} if isinstance(value, list) else value
        if not isinstance(by_language, dict):
            code = "empty-text" if value == "" else "wrong-type"
            raise refuse(Fault(code, found=show(value), expected="words"))
        plain = isinstance(value, list)
        faults = [] if plain else list(_language_faults(by_language, languages, "list", whole=False))
        for key, words in by_language.items():
            faults += _word_faults(words, () if plain else (key,))
        if faults:
            raise refuse(*faults)
        return cls(tuple(word.strip() for word in by_language.get(key, ())) for key in languages.keys)


def _languages(info: core_schema.ValidationInfo[Languages]) -> Languages:
    assert info.context is not None, "records are validated with the site's languages as context"
    return info.context


def _by_language(value: Any, info: core_schema.SerializationInfo[Languages]) -> Any:
    languages = info.context
    assert languages is not None, "records are written with the site's languages as context"
    texts = {key: text for key, text in zip(languages.keys, value, strict=True) if text}
    alone = len(texts) == 1 and languages.first.key in texts and not languages.whole_texts
    return next(iter(texts.values())) if alone else texts


def _language_faults(value: dict[str, Any], languages: Languages, expected: str, whole: bool = True) -> Iterable[Fault]:
    keys = languages.keys
    for key, text in value.items():
        if key not in keys and not languages.unsure:
            yield Fault("unknown-language", (key,), key, ", ".join(keys), nearest=nearest(key, keys), on_key=True)
        elif expected == "text" and not isinstance(text, str):
            yield Fault("wrong-type", (key,), show(text), "text")
        elif expected == "text" and not text.strip():
            yield Fault("empty-text", (key,), expected="text")
    missing = [key for key in keys if key not in value]
    unknown = any(key not in keys for key in value)
    # A misspelt language leaves a gap too: one fault, one problem. With three languages a
    # translation may be missing; with two, a mapping that lacks one was left half done.
    if (
        whole
        and missing
        and not unknown
        and not languages.unsure
        and (keys[0] in missing or len(keys) - len(missing) < 2)
    ):
        yield Fault("half-translation", found=show(value), facts={"missing": ", ".join(missing)})


def _word_faults(words: object, at: tuple[str, ...]) -> Iterable[Fault]:
    if words == "":
        yield Fault("empty-text", at, expected="list")
    elif not isinstance(words, list):
        yield Fault("wrong-type", at, show(words), "list")
    elif not words:
        yield Fault("too-few", at, expected="1")
    else:
        for index, word in enumerate(words):
            if not isinstance(word, str):
                yield Fault("wrong-type", (*at, index), show(word), "text")
            elif not word.strip():
                yield Fault("empty-text", (*at, index), expected="text")
