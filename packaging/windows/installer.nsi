; SPDX-License-Identifier: GPL-3.0-or-later
; Copyright 2026 The Yeji authors
;
; The set-up program for one user; build.sh gives VERSION, FOLDER, ICON and OUT. Nothing of it wants
; an administrator: it writes below the user's own folder and keys alone. /S is silent, /D=FOLDER
; another place. Ends with 0; 1 when the user gave up; 2 when Yeji is running.

Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"

!define ID "org.yeji.Yeji"
!define PROGRAM "org.yeji.Yeji.exe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define TYPE "Yeji.Package"

Name "$(NAME)"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Yeji"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
ManifestDPIAware true
BrandingText "Yeji ${VERSION}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\${PROGRAM}"
!define MUI_FINISHPAGE_NOAUTOCLOSE

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The language of Windows is taken when it is one of these, else the first.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString NAME ${LANG_ENGLISH} "Yeji"
LangString NAME ${LANG_SIMPCHINESE} "业绩"
LangString TYPE_NAME ${LANG_ENGLISH} "Yeji hand-over package"
LangString TYPE_NAME ${LANG_SIMPCHINESE} "业绩移交包"
LangString COMMENT ${LANG_ENGLISH} "Declare past construction projects to the province"
LangString COMMENT ${LANG_SIMPCHINESE} "向省平台申报工程业绩"
LangString RUNNING ${LANG_ENGLISH} "Yeji is running. Close its window, then try again."
LangString RUNNING ${LANG_SIMPCHINESE} "业绩正在运行。请先关闭它的窗口，然后重试。"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Yeji"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Yeji Setup"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "CompanyName" "The Yeji authors"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "Copyright 2026 The Yeji authors"

; A program that runs cannot be opened for writing; the folder of one that does not is free.
!macro WaitForEnd
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\bin\${PROGRAM}"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\bin\${PROGRAM}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 2
      Quit
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" IDRETRY +3
      SetErrorLevel 1
      Quit
  ${Loop}
!macroend

; Only what an installation made: a folder that was chosen may hold other things.
!macro RemoveFiles
  RMDir /r "$INSTDIR\bin"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\share"
!macroend

!macro TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  !insertmacro WaitForEnd
  !insertmacro RemoveFiles
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\bin\${PROGRAM}" "" \
    "$INSTDIR\bin\${PROGRAM}" 0 SW_SHOWNORMAL "" "$(COMMENT)"

  WriteRegStr HKCU "Software\Classes\.yeji-package" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(TYPE_NAME)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\bin\${PROGRAM},0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" \
    '"$INSTDIR\bin\${PROGRAM}" "%1"'
  !insertmacro TellShell

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  WriteRegStr HKCU "${KEY}" "DisplayName" "$(NAME)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\bin\${PROGRAM},0"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Yeji authors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Shortcut" "$SMPROGRAMS\$(NAME).lnk"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

; The records of the user lie elsewhere, and stay.
Section "Uninstall"
  !insertmacro WaitForEnd
  !insertmacro RemoveFiles
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ReadRegStr $0 HKCU "${KEY}" "Shortcut"
  ${If} $0 != ""
    Delete "$0"
  ${EndIf}
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  ReadRegStr $0 HKCU "Software\Classes\.yeji-package" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "Software\Classes\.yeji-package"
  ${EndIf}
  !insertmacro TellShell
SectionEnd
